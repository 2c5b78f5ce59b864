import { lookedText } from '../credentials/advice';
import { Failure } from '../failures/failure';
import { writeDotenvTemplate } from '../keep/write-dotenv';
import { askKeeping, keepInDotenv } from './ask-keeping';
import { askKeys, type ProvedKeys } from './ask-keys';
import { askProfile } from './ask-profile';
import type { Asked, AskInit, ProvedIdentity } from './asking';
import { localChoice, menuChoices, menuQuestion, reminder } from './guide-words';
import { failureText, fittingTable } from './report';
import { fieldNames } from './understand-answer';
import { wrap } from './wrap';

type MenuChoice = keyof typeof menuChoices | 'local';

/**
 * The conversation with a person who has no credentials configured, in the guide's words. It ends with credentials that
 * STS has accepted, with the wish for the local AWS, or with a `.env` to fill in.
 *
 * @throws Failure INTERRUPTED for Ctrl-C and Ctrl-D, and the failure that a person does not want to try again after
 */
export async function askForCredentials<Proved extends ProvedIdentity>(init: AskInit<Proved>): Promise<Asked<Proved>> {
  if (init.looked.length > 0) init.write(init.style.dim(lookedLines(init)));
  for (;;) {
    const asked = await answerTo(init, await askMenu(init));
    if (asked !== null) return asked;
  }
}

/** The places that were looked at, of which options that were not given are none. As a table where the window is wide enough. */
function lookedLines({ looked, style: { columns } }: Pick<AskInit<ProvedIdentity>, 'looked' | 'style'>): string {
  return `Looked at:\n${fittingTable(lookedText(looked.filter(({ title }) => !title.startsWith('--'))), columns)}\n`;
}

async function askMenu<Proved extends ProvedIdentity>({ prompts }: AskInit<Proved>): Promise<MenuChoice> {
  return await prompts.select<MenuChoice>({
    message: menuQuestion,
    choices: [
      { value: 'typed', name: menuChoices.typed },
      { value: 'profile', name: menuChoices.profile },
      { value: 'dotenv', name: menuChoices.dotenv },
      { value: 'local', name: localChoice },
    ],
  });
}

/** `null`: back to the menu. */
async function answerTo<Proved extends ProvedIdentity>(init: AskInit<Proved>, choice: MenuChoice): Promise<Asked<Proved> | null> {
  if (choice === 'local') return { kind: 'local' };
  if (choice === 'profile') return await askProfile(init);
  if (choice === 'dotenv') return await askDotenv(init);
  const keys = await askProvedKeys(init);
  await askKeeping(init, keys);
  return { kind: 'found', ...keys };
}

async function askProvedKeys<Proved extends ProvedIdentity>(init: AskInit<Proved>): Promise<ProvedKeys<Proved>> {
  const keys = await askKeys(init);
  init.write(wrap(`${init.style.good(init.style.sign.pass)} They belong to ${keys.proof.identity.arn}\n\n${reminder}\n`, init.style.columns));
  return keys;
}

/** Choice 3. */
async function askDotenv<Proved extends ProvedIdentity>(init: AskInit<Proved>): Promise<Asked<Proved> | null> {
  const how = await init.prompts.select<'ask' | 'template' | 'back'>({
    message: 'How shall .env be filled?',
    choices: [
      { value: 'ask', name: 'Ask me, prove them, and write them there' },
      { value: 'template', name: 'Write the four names, empty, for my editor' },
      { value: 'back', name: 'Back' },
    ],
  });
  if (how === 'back') return null;
  if (how === 'template') return await writeTemplate(init);
  const keys = await askProvedKeys(init);
  if (!(await keepInDotenv(init, keys))) await askKeeping(init, keys);
  return { kind: 'found', ...keys };
}

async function writeTemplate<Proved extends ProvedIdentity>({ prompts, surroundings, git, style, write }: AskInit<Proved>): Promise<Asked<Proved> | null> {
  try {
    const path = await writeDotenvTemplate({
      projectDirectory: surroundings.projectDirectory,
      names: Object.values(fieldNames),
      git,
      confirm: (question) => prompts.confirm({ message: question, default: false }),
    });
    return { kind: 'template-written', path, next: `Fill in ${path} with your editor, then run: npm run ${surroundings.options.command}` };
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'INTERRUPTED') throw error;
    write(failureText(error, style));
    return null;
  }
}
