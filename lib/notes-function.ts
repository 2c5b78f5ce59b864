import { join, resolve } from 'node:path';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, type BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { logRetention, removalPolicy } from './retention';

const projectRoot = resolve(__dirname, '..');

/** What the service does with the table: one action for each route. */
const tableActions = ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DeleteItem'];

const bundling: BundlingOptions = {
  // The SDK of the runtime is another one every few weeks; this one is in the lockfile, and a third of its size.
  bundleAwsSDK: true,
  minify: true,
  logLevel: LogLevel.WARNING,
  // The same bundle runs below Lambda's newest Node and, served locally, on any Node that the project supports.
  target: 'node20',
  // The SDK's ES modules: what is not used of them is left out.
  mainFields: ['module', 'main'],
  // CDK starts esbuild through npx, which would ask the registry for news of npm.
  environment: { npm_config_update_notifier: 'false' },
};

/** The service: one Lambda function with a role that reaches its table and its log group, nothing else. */
export class NotesFunction extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, { table }: { readonly table: Table }) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', { retention: logRetention, removalPolicy });
    // A role of its own, because the one that CDK makes may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: tableActions, resources: [table.tableArn] }));
    logGroup.grantWrite(role);
    this.function = new NodejsFunction(this, 'Function', {
      entry: join(__dirname, 'service/handler.ts'),
      projectRoot,
      depsLockFilePath: join(projectRoot, 'package-lock.json'),
      bundling,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(10),
      environment: { TABLE_NAME: table.tableName },
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
    });
  }
}
