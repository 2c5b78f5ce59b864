import { unsupported } from './aws-error';
import type { ApiGateway } from './apigateway/service';
import type { ApiRequest, LocalAws, LocalResponse, Protocol, Service } from './service';

/** The services of one local AWS, each loaded by the first request for it. */
export interface Services {
  /** @throws AwsError where there is no such service */
  get(signingName: string): Promise<Service>;
  /** A request to a deployed API. */
  handleApiCall(apiId: string, path: string, request: ApiRequest): Promise<LocalResponse>;
  /** Ends what the loaded ones started. */
  close(): Promise<void>;
}

interface Entry {
  readonly protocol: Protocol;
  load(local: LocalAws): Promise<Service>;
}

/** By the service name of SigV4's credential scope. */
const table: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ['sts', { protocol: 'query-xml', load: async (local) => (await import('./sts/service')).stsService(local) }],
  ['iam', { protocol: 'query-xml', load: async (local) => (await import('./iam/service')).iamService(local) }],
  ['cloudformation', { protocol: 'query-xml', load: loadCloudFormation }],
  ['s3', { protocol: 'rest-xml', load: async (local) => (await import('./s3/service')).s3Service(local) }],
  ['ssm', { protocol: 'json-1.1', load: async (local) => (await import('./ssm/service')).ssmService(local) }],
  ['kms', { protocol: 'json-1.1', load: async (local) => (await import('./kms/service')).kmsService(local) }],
  ['ecr', { protocol: 'json-1.1', load: async (local) => (await import('./ecr/service')).ecrService(local) }],
  ['logs', { protocol: 'json-1.1', load: async (local) => (await import('./logs/service')).logsService(local) }],
  ['lambda', { protocol: 'rest-json', load: async (local) => (await import('./lambda/service')).lambdaService(local) }],
  ['dynamodb', { protocol: 'json-1.0', load: async (local) => (await import('./dynamodb/service')).dynamoDbService(local) }],
  ['apigateway', { protocol: 'rest-json', load: async (local) => (await loadApiGateway(local)).service }],
]);

/** How that service spells its errors; null where there is no such service. */
export function protocolOf(signingName: string): Protocol | null {
  return table.get(signingName)?.protocol ?? null;
}

/** @param recovered whether stacks have used resources of `local` already */
export function openServices(local: LocalAws, recovered = false): Services {
  const loaded = new Map<string, Promise<Service>>();
  let usesResources = recovered;
  const services: Services = {
    async get(signingName) {
      const entry = table.get(signingName);
      if (entry === undefined) throw unsupported(`the service ${signingName}`);
      usesResources ||= signingName === 'cloudformation';
      const service = loaded.get(signingName) ?? entry.load(local);
      loaded.set(signingName, service);
      return service;
    },
    async handleApiCall(...call) {
      usesResources = true;
      return (await loadApiGateway(local)).handleApiCall(...call);
    },
    async close() {
      // CloudFormation first: what it has under way calls the others.
      await (await loaded.get('cloudformation'))?.close?.();
      // A stack or an API starts functions and databases without their own service being called.
      if (usesResources) for (const name of ['lambda', 'dynamodb']) await services.get(name);
      for (const service of loaded.values()) await (await service).close?.();
    },
  };
  return services;
}

async function loadCloudFormation(local: LocalAws): Promise<Service> {
  const [{ cloudFormationService }, { resourceTypes }] = await Promise.all([import('./cloudformation/service'), import('./resource-types')]);
  return cloudFormationService(local, resourceTypes);
}

async function loadApiGateway(local: LocalAws): Promise<ApiGateway> {
  return (await import('./apigateway/service')).apiGateway(local);
}
