import { join } from 'node:path';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnParameter as CfnSsmParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { App, CfnCondition, CfnOutput, CfnParameter, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

const removalPolicy = RemovalPolicy.DESTROY;

/** An app that is not the sample: two stacks, one of which takes a name by import and another by GetStackOutput. */
class ShopData extends Stack {
  readonly greeting: StringParameter;
  readonly outputs: readonly CfnOutput[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const kind = new CfnParameter(this, 'Kind', { type: 'String', default: 'small', allowedValues: ['small', 'large'] });
    const large = new CfnCondition(this, 'IsLarge', { expression: Fn.conditionEquals(kind.valueAsString, 'large') });
    const table = new Table(this, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING }, billingMode: BillingMode.PAY_PER_REQUEST, removalPolicy });
    this.greeting = new StringParameter(this, 'Greeting', { parameterName: '/shop/greeting', stringValue: Fn.conditionIf('IsLarge', 'Good day', 'Hi').toString() });

    const audit = new CfnLogGroup(this, 'Audit', { logGroupName: '/shop/audit', retentionInDays: 1 });
    audit.cfnOptions.condition = large;
    audit.applyRemovalPolicy(removalPolicy);
    const logGroup = new LogGroup(this, 'SweeperLogs', { retention: RetentionDays.ONE_DAY, removalPolicy });
    const sweeper = new LambdaFunction(this, 'Sweeper', {
      runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset(join(__dirname, 'sweeper')), logGroup, environment: { SIZE: kind.valueAsString },
    });
    this.outputs = [
      new CfnOutput(this, 'OrdersTable', { value: table.tableName, exportName: 'ShopOrdersTable' }),
      new CfnOutput(this, 'OrdersArn', { value: table.tableArn, exportName: 'ShopOrdersArn' }),
      new CfnOutput(this, 'SweeperName', { value: sweeper.functionName }),
    ];
  }
}

class ShopApi extends Stack {
  readonly apiUrl: CfnOutput;

  constructor(scope: Construct, id: string, greeting: StringParameter) {
    super(scope, id);
    const cartsKey = String(this.node.tryGetContext('cartsKey') ?? 'id');
    const carts = new Table(this, 'Carts', { partitionKey: { name: cartsKey, type: AttributeType.STRING }, billingMode: BillingMode.PAY_PER_REQUEST, removalPolicy });
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_DAY, removalPolicy });
    const orders = new LambdaFunction(this, 'Service', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(join(__dirname, 'orders')),
      timeout: Duration.seconds(10),
      logGroup,
      environment: { ORDERS_TABLE: Fn.importValue('ShopOrdersTable'), CARTS_TABLE: carts.tableName, CARTS_KEY: cartsKey, GREETING: greeting.stringValue },
    });
    // By prefix, so that the function of before may still read the table of before while an update replaces it.
    const allCarts = this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: `${this.stackName}-Carts*` });
    orders.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:PutItem', 'dynamodb:Scan'], resources: [Fn.importValue('ShopOrdersArn'), allCarts] }));
    const api = new HttpApi(this, 'Api', { apiName: 'shop' });
    api.addRoutes({ path: '/orders', methods: [HttpMethod.GET, HttpMethod.POST], integration: new HttpLambdaIntegration('Orders', orders) });
    this.apiUrl = new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
    if (this.node.tryGetContext('fail') === undefined) return;
    // SSM refuses it, and only after everything else has been updated.
    const refused = new CfnSsmParameter(this, 'Refused', { type: 'String', value: 'text', allowedPattern: String(this.node.tryGetContext('fail')) });
    refused.node.addDependency(api, orders, carts);
  }
}

const app = new App();
const data = new ShopData(app, 'ShopData');
const api = new ShopApi(app, 'ShopApi', data.greeting);
api.addDependency(data);
