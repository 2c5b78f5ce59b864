import type { ResourceType } from '../resource';
import { apiType } from './api-type';
import { integrationType } from './integration-type';
import { routeType } from './route-type';
import { stageType } from './stage-type';

export const apiGatewayResourceTypes: readonly ResourceType[] = [apiType, routeType, integrationType, stageType];
