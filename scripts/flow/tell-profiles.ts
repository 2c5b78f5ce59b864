import { readAwsFiles } from '../credentials/profiles/aws-files';
import { summariesOf } from '../credentials/profiles/list-profiles';
import { shortPath } from '../credentials/read-text-file';
import type { Surroundings } from '../credentials/source';
import { profilesText } from '../terminal/profiles-text';
import type { Style } from '../terminal/style';
import { wrap } from '../terminal/wrap';
import type { Told } from './told';

/**
 * What `--list-profiles` prints, from files alone: AWS is not asked, and no program runs.
 *
 * @throws Failure BAD_CONFIG_FILE where a file cannot be read and the other has no profile
 */
export function tellProfiles(surroundings: Pick<Surroundings, 'environment' | 'home'>, json: boolean, style: Style): Told {
  const files = readAwsFiles(surroundings);
  const profiles = summariesOf(files, surroundings);
  const problems = [...files.unusable, ...files.hostile];
  const [problem] = problems;
  if (profiles.length === 0 && problem !== undefined) throw problem;
  const messages = problems.map(({ message }) => message);
  if (json) return { output: `${JSON.stringify({ profiles, warnings: messages })}\n`, warnings: '' };
  const paths = [files.configPath, files.credentialsPath].map((path) => shortPath(path, surroundings.home)).join(' and ');
  const list = profiles.length === 0 ? wrap(`There are no profiles in ${paths}. The AWS CLI makes one: aws configure`, style.columns) : profilesText(profiles, style);
  return { output: `${list}\n`, warnings: messages.map((message) => `${wrap(message, style.columns)}\n`).join('') };
}
