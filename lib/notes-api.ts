import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { logRetention, removalPolicy } from './retention';
import { apiRoutes } from './service/api-routes';

/** Requests a second, on average and at once. Enough for a sample, and a bound on what a caller can cost. */
const throttle = { rateLimit: 20, burstLimit: 40 };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    requestTime: '$context.requestTime',
    routeKey: '$context.routeKey',
    status: '$context.status',
    caller: '$context.identity.userArn',
    sourceIp: '$context.identity.sourceIp',
    responseLength: '$context.responseLength',
    integrationError: '$context.integrationErrorMessage',
  }),
);

/** The HTTP API before the service. It lets nobody in whose request is not signed: the authorizer is every route's. */
export class NotesApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;

  constructor(scope: Construct, id: string, { service }: { readonly service: IFunction }) {
    super(scope, id);
    this.api = new HttpApi(this, 'Http', { apiName: 'takeoff-notes', defaultAuthorizer: new HttpIamAuthorizer(), createDefaultStage: false });
    const integration = new HttpLambdaIntegration('Service', service);
    for (const { method, path } of apiRoutes) this.api.addRoutes({ path, methods: [HttpMethod[method]], integration });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: { destination: new LogGroupLogDestination(this.accessLogs()), format: accessLogFormat },
    });
  }

  /**
   * A resource policy lets API Gateway write to the group. The service sees to it when the stage is made; for names
   * below /aws/vendedlogs/ one statement covers them all, so that the account's policy does not grow to its limit.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
   */
  private accessLogs(): LogGroup {
    const logGroupName = `/aws/vendedlogs/${Stack.of(this).stackName}/api-access`;
    return new LogGroup(this, 'AccessLogs', { logGroupName, retention: logRetention, removalPolicy });
  }
}
