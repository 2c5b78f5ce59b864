import type { ResourceType } from '../resource';
import { functionType } from './function-type';
import { permissionType } from './permission';

export const lambdaResourceTypes: readonly ResourceType[] = [functionType, permissionType];
