import type { ResourceType } from '../resource';
import { tableType } from './table-type';

export const dynamoDbResourceTypes: readonly ResourceType[] = [tableType];
