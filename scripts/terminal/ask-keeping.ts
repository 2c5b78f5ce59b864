import { Failure } from '../failures/failure';
import { writeDotenv } from '../keep/write-dotenv';
import { problemOfProfileName, writeProfile } from '../keep/write-profile';
import { shellWord } from '../process/shell-word';
import type { ProvedKeys } from './ask-keys';
import type { AskInit, ProvedIdentity } from './asking';
import { failureText } from './report';
import { wrap } from './wrap';

type Keys = Omit<ProvedKeys<ProvedIdentity>, 'found' | 'proof'>;

/** Where to keep credentials that STS has accepted. Asked until they are kept, or are to be kept nowhere. */
export async function askKeeping<Proved extends ProvedIdentity>(init: AskInit<Proved>, keys: Keys): Promise<void> {
  for (;;) {
    const place = await init.prompts.select<'run' | 'dotenv' | 'profile'>({
      message: 'Where shall they be kept?',
      choices: [
        { value: 'run', name: 'Nowhere: only for this run' },
        { value: 'dotenv', name: 'In .env, which git ignores' },
        { value: 'profile', name: 'In a profile of the AWS CLI' },
      ],
    });
    if (place === 'run' || (place === 'dotenv' ? await keepInDotenv(init, keys) : await keepInProfile(init, keys))) return;
  }
}

/** @returns whether they are kept; a refusal has been told */
export async function keepInDotenv<Proved extends ProvedIdentity>(init: AskInit<Proved>, { credentials, region }: Keys): Promise<boolean> {
  return await told(init, async () => {
    await writeDotenv({
      projectDirectory: init.surroundings.projectDirectory,
      values: {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken ?? null,
        AWS_DEFAULT_REGION: region.value,
      },
      git: init.git,
      confirm: (question) => init.prompts.confirm({ message: question, default: false }),
    });
    init.write('Kept in .env, readable by you alone.');
  });
}

async function keepInProfile<Proved extends ProvedIdentity>(init: AskInit<Proved>, { credentials, region }: Keys): Promise<boolean> {
  const name = await askProfileName(init);
  return await told(init, async () => {
    const { credentialsPath } = await writeProfile({
      surroundings: init.surroundings,
      name,
      credentials,
      region: region.value,
      confirm: (question) => init.prompts.confirm({ message: question, default: false }),
    });
    const use = name === 'default' ? '' : ` Use it with: npm run ${init.surroundings.options.command} -- --profile ${shellWord(name)}`;
    init.write(wrap(`Kept in the profile ${name} (${credentialsPath}), readable by you alone.${use}`, init.style.columns));
  });
}

async function askProfileName<Proved extends ProvedIdentity>({ prompts, style, write }: AskInit<Proved>): Promise<string> {
  for (;;) {
    const name = (await prompts.input({ message: 'Name of the profile:', default: 'default' })).trim();
    const problem = problemOfProfileName(name);
    if (problem === null) return name;
    write(wrap(style.caution(problem), style.columns));
  }
}

/** Runs `keep`; a place that refuses is told, and is no reason to lose credentials that work. */
async function told<Proved extends ProvedIdentity>({ style, write }: AskInit<Proved>, keep: () => Promise<void>): Promise<boolean> {
  try {
    await keep();
    return true;
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'INTERRUPTED') throw error;
    write(failureText(error, style));
    return false;
  }
}
