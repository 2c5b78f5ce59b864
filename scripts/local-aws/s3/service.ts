import { AwsError } from '../aws-error';
import type { LocalAws, LocalResponse, Service } from '../service';
import { actionOf } from './actions';
import { buckets } from './buckets';
import { empty, s3Call, type S3Call } from './call';
import { sweepBytes } from './files';
import { refuseUnknownHeaders } from './headers';
import { objects } from './objects';
import { uploads } from './uploads';

/** S3, addressed path-style. */
export function s3Service(local: LocalAws): Service {
  sweepBytes(local, filesOf(local));
  return {
    signingName: 's3',
    protocol: 'rest-xml',
    handle: async (request) => {
      const call = s3Call(local, request);
      const action = actionOf(call);
      refuseUnknownHeaders(call);
      return elsewhere(call) ?? action(call);
    },
  };
}

/** A bucket answers in its own region. Where it is may be asked anywhere. */
function elsewhere({ local, request, bucket, query }: S3Call): LocalResponse | null {
  const region = buckets(local).get(bucket)?.region ?? request.region;
  if (region === request.region || query.has('location')) return null;
  if (request.method === 'HEAD') return empty(301, { 'x-amz-bucket-region': region });
  throw new AwsError('AuthorizationHeaderMalformed', `The authorization header is malformed; the region '${request.region}' is wrong; expecting '${region}'`, 400, { Region: region });
}

function filesOf(local: LocalAws): ReadonlySet<string> {
  const ofObjects = [...objects(local).values()].flatMap(({ versions }) => versions.flatMap(({ file }) => file ?? []));
  const ofParts = [...uploads(local).values()].flatMap(({ parts }) => Object.values(parts).map(({ file }) => file));
  return new Set([...ofObjects, ...ofParts]);
}
