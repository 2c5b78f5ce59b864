import { apiGatewayResourceTypes } from './apigateway/resource-types';
import { cloudFormationResourceTypes } from './cloudformation/resource-types';
import { dynamoDbResourceTypes } from './dynamodb/resource-types';
import { ecrResourceTypes } from './ecr/resource-types';
import { iamResourceTypes } from './iam/resource-types';
import { kmsResourceTypes } from './kms/resource-types';
import { lambdaResourceTypes } from './lambda/resource-types';
import { logsResourceTypes } from './logs/resource-types';
import type { ResourceType } from './resource';
import { s3ResourceTypes } from './s3/resource-types';
import { ssmResourceTypes } from './ssm/resource-types';

/** Every resource type of the local AWS by name. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [
    ...s3ResourceTypes,
    ...ssmResourceTypes,
    ...kmsResourceTypes,
    ...ecrResourceTypes,
    ...logsResourceTypes,
    ...iamResourceTypes,
    ...lambdaResourceTypes,
    ...apiGatewayResourceTypes,
    ...dynamoDbResourceTypes,
    ...cloudFormationResourceTypes,
  ].map((type) => [type.name, type]),
);
