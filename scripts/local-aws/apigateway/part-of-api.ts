import { AwsError } from '../aws-error';
import { requiredText } from '../properties';
import type { JsonObject, ResourceContext, ResourceState, ResourceType } from '../resource';
import { apis, getApi, type ApiRecord } from './apis';

/** What tells one kind of part from another. */
export interface Part<Record> extends Pick<ResourceType, 'name' | 'properties' | 'shapes' | 'tagging'> {
  readonly part: (api: ApiRecord) => { [id: string]: Record };
  readonly id: (properties: JsonObject) => string;
  readonly state: (id: string) => ResourceState;
  /** @throws AwsError for what the service refuses, or the local AWS does not model */
  readonly read: (properties: JsonObject, api: ApiRecord, id: string) => Record;
}

/** A resource type whose resources live in an API. */
export function partOfApi<Record>({ name, properties: rules, shapes = {}, tagging, part, id, state, read }: Part<Record>): ResourceType {
  return {
    name,
    properties: rules,
    shapes,
    ...(tagging === undefined ? {} : { tagging }),
    async create(context, properties) {
      const api = apiOf(context, properties);
      const key = id(properties);
      if (Object.hasOwn(part(api), key)) throw new AwsError('ConflictException', `${key} already exists`, 409);
      part(api)[key] = read(properties, api, key);
      return state(key);
    },
    async update(context, { physicalId }, _before, after) {
      const api = apiOf(context, after);
      part(api)[physicalId] = read(after, api, physicalId);
      return state(physicalId);
    },
    async delete({ local }, { physicalId }, properties) {
      const api = apis(local).get(requiredText(properties, 'ApiId'));
      if (api !== undefined) delete part(api)[physicalId];
    },
  };
}

function apiOf({ local, region }: ResourceContext, properties: JsonObject): ApiRecord {
  return getApi(local, region, requiredText(properties, 'ApiId'));
}
