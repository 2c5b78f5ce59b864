import type { ResourceType } from '../resource';
import { oidcProviderType } from './oidc-provider-type';
import { policyTypes } from './policy-types';
import { roleType } from './role-type';

/** What of AWS::IAM a template can have. */
export const iamResourceTypes: readonly ResourceType[] = [roleType, ...policyTypes, oidcProviderType];
