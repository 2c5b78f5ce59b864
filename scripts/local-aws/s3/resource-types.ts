import type { ResourceType } from '../resource';
import { bucketPolicyType } from './bucket-policy-type';
import { bucketType } from './bucket-type';

export const s3ResourceTypes: readonly ResourceType[] = [bucketType, bucketPolicyType];
