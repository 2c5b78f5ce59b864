import { members, obeyedTags, type Shape } from '../shape';

const index: Shape = {
  IndexName: 'obeyed',
  KeySchema: members('obeyed', 'AttributeName', 'KeyType'),
  Projection: members('obeyed', 'NonKeyAttributes', 'ProjectionType'),
};
const throughput = members('obeyed', 'ReadCapacityUnits', 'WriteCapacityUnits');

/** What the properties of a table may hold. */
export const tableShapes: Readonly<Record<string, Shape>> = {
  AttributeDefinitions: members('obeyed', 'AttributeName', 'AttributeType'),
  GlobalSecondaryIndexes: { ...index, ProvisionedThroughput: throughput },
  KeySchema: members('obeyed', 'AttributeName', 'KeyType'),
  LocalSecondaryIndexes: index,
  PointInTimeRecoverySpecification: members('recorded', 'PointInTimeRecoveryEnabled', 'RecoveryPeriodInDays'),
  ProvisionedThroughput: throughput,
  SSESpecification: members('recorded', 'KMSMasterKeyId', 'SSEEnabled', 'SSEType'),
  Tags: obeyedTags,
};
