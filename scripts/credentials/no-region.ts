import { Failure } from '../failures/failure';
import { shellWord } from '../process/shell-word';
import type { Found } from './source';

/** @returns NO_REGION, with every way to say one */
export function noRegion(found: Pick<Found, 'title' | 'profile'>): Failure {
  const ofProfile = found.profile === null ? [] : [`aws configure set region us-west-2 --profile ${shellWord(found.profile)}   (or for good, in the profile)`];
  return new Failure({
    code: 'NO_REGION',
    message: `No region is known: AWS_REGION and AWS_DEFAULT_REGION are not set, and no region came with ${found.title}. cdk-takeoff does not guess one.`,
    fix: ['export AWS_DEFAULT_REGION="us-west-2"   (or any other region, then run the same command again)', ...ofProfile, 'Or name one for a single run: -- --region us-west-2'].join('\n'),
  });
}
