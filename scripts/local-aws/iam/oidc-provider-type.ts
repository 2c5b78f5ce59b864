import { AwsError } from '../aws-error';
import { requiredText, tagsProperty, textsProperty } from '../properties';
import type { JsonObject, ResourceType } from '../resource';
import { obeyedTags } from '../shape';
import { verifyCount } from './limits';
import { createOidcProvider, oidcProviders, type OidcProvider } from './oidc-providers';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html */
export const oidcProviderType: ResourceType = {
  name: 'AWS::IAM::OIDCProvider',
  // IAM verifies GitHub's and most other certificates by its own trusted authorities; here it is Node that does.
  properties: { ClientIdList: 'update', Tags: 'update', ThumbprintList: 'recorded', Url: 'replace' },
  shapes: { Tags: obeyedTags },
  tagging: { form: 'list', system: false },
  create: async ({ local }, properties) => {
    const settings = read(properties);
    const provider = createOidcProvider(local, requiredText(properties, 'Url'));
    Object.assign(provider, settings);
    return { physicalId: provider.arn, attributes: { Arn: provider.arn } };
  },
  update: async ({ local }, current, _before, after) => {
    const provider = oidcProviders(local).get(current.physicalId);
    if (provider === undefined) throw new AwsError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${current.physicalId}`, 404);
    Object.assign(provider, read(after));
    return current;
  },
  delete: async ({ local }, { physicalId }) => {
    oidcProviders(local).delete(physicalId);
  },
};

function read(properties: JsonObject): Pick<OidcProvider, 'clientIds' | 'thumbprints' | 'tags'> {
  const clientIds = textsProperty(properties, 'ClientIdList');
  verifyCount('ClientIdsPerOpenIdConnectProvider', clientIds.length, 100);
  return { clientIds, thumbprints: textsProperty(properties, 'ThumbprintList'), tags: tagsProperty(properties) };
}
