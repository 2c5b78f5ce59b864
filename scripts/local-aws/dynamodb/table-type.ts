import { AwsError } from '../aws-error';
import type { ResourceContext, ResourceState, ResourceType } from '../resource';
import { callTable, settledTable } from './databases';
import { tableShapes } from './table-shapes';
import { pick, updateTable } from './table-update';
import { tableArn, tableName } from './tables';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export const tableType: ResourceType = {
  name: 'AWS::DynamoDB::Table',
  properties: {
    AttributeDefinitions: 'update',
    BillingMode: 'update',
    GlobalSecondaryIndexes: 'update',
    KeySchema: 'replace',
    // They can only be made with their table: a change is refused, and replaces nothing.
    LocalSecondaryIndexes: 'update',
    PointInTimeRecoverySpecification: 'recorded',
    ProvisionedThroughput: 'update',
    SSESpecification: 'recorded',
    TableClass: 'recorded',
    TableName: 'replace',
    Tags: 'update',
  },
  shapes: tableShapes,
  tagging: { form: 'list', system: false },
  async create(context, properties) {
    const name = tableName(context, properties);
    const input = pick(properties, ['AttributeDefinitions', 'BillingMode', 'KeySchema', 'LocalSecondaryIndexes', 'GlobalSecondaryIndexes', 'ProvisionedThroughput']);
    if ((await settledTable(context.local, context.region, name)) !== null) throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
    await context.intend?.(name);
    await callTable(context.local, context.region, 'CreateTable', { ...input, TableName: name });
    await settledTable(context.local, context.region, name);
    const tags = properties['Tags'];
    if (Array.isArray(tags) && tags.length > 0) await callTable(context.local, context.region, 'TagResource', { ResourceArn: tableArn(context.local, context.region, name), Tags: tags });
    return stateOf(context, name);
  },
  async update(context, { physicalId }, before, after) {
    await updateTable(context, physicalId, before, after);
    return stateOf(context, physicalId);
  },
  async delete({ local, region }, { physicalId }) {
    if ((await settledTable(local, region, physicalId)) === null) return;
    await callTable(local, region, 'DeleteTable', { TableName: physicalId });
    await settledTable(local, region, physicalId);
  },
};

async function stateOf(context: ResourceContext, name: string): Promise<ResourceState> {
  const table = await settledTable(context.local, context.region, name);
  if (table === null) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  return { physicalId: name, attributes: { Arn: table['TableArn'] ?? tableArn(context.local, context.region, name) } };
}
