import { fromContainer } from './from-container';
import { fromDefaultProfile } from './from-default-profile';
import { fromDotenv } from './from-dotenv';
import { fromEnvironment } from './from-environment';
import { fromInstance } from './from-instance';
import { fromLocal, type OpenLocal } from './from-local';
import { fromProfile } from './from-profile';
import { fromProfileVariable } from './from-profile-variable';
import { fromWebIdentity } from './from-web-identity';
import type { Source } from './source';

/**
 * Every source but the person, in the order in which they are looked at: the AWS CLI's and CDK's, with `.env` put in.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-configure.html#configure-precedence
 */
export function sourcesInOrder(openLocal: OpenLocal): readonly Source[] {
  return [
    fromLocal(openLocal), fromProfile(), fromEnvironment(), fromProfileVariable(), fromWebIdentity(), fromDotenv(), fromDefaultProfile(),
    fromContainer(), fromInstance(),
  ];
}
