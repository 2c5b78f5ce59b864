import { join } from 'node:path';
import { Failure } from '../failures/failure';
import { ignoreCommand, untracking, type GitState } from '../git/git';
import { changesOthers, namesNotIn, setDotenvValues } from './dotenv-lines';
import { ignoreDotenv, notIgnored } from './ignore-dotenv';
import { editPrivateFile, readPrivateFile } from './private-file';

/** What is written to `.env`, and who is asked. */
export interface WriteDotenvInit {
  readonly projectDirectory: string;
  /** `null` takes a line out: a token of a session that is over. */
  readonly values: Readonly<Record<string, string | null>>;
  /** What git says of the project's `.env`. */
  readonly git: () => Promise<GitState>;
  /** Asks a person; the safe answer is no. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/**
 * Writes `.env` in the project, mode 0600, once it is sure that git will not take it along.
 *
 * @returns its path
 * @throws Failure ENV_FILE_TRACKED, ENV_FILE_NOT_IGNORED, BAD_CONFIG_FILE, FILE_SYSTEM; `.env` is not written then
 */
export async function writeDotenv({ values, ...init }: WriteDotenvInit): Promise<string> {
  return await edit(init, Object.keys(values), (text) => setDotenvValues(text, values));
}

/** Writes `names` with empty values, for an editor. What `.env` has of them stays. Else as {@link writeDotenv}. */
export async function writeDotenvTemplate({ names, ...init }: Omit<WriteDotenvInit, 'values'> & { readonly names: readonly string[] }): Promise<string> {
  return await edit(init, names, (text) => setDotenvValues(text, Object.fromEntries(namesNotIn(text, names).map((name) => [name, '']))));
}

async function edit(init: Omit<WriteDotenvInit, 'values'>, names: readonly string[], change: (text: string) => string): Promise<string> {
  const path = join(init.projectDirectory, '.env');
  await readPrivateFile(path);
  await verifyKeptFromGit(init);
  await editPrivateFile(path, (before) => {
    const after = change(before);
    if (!changesOthers(before, after, names)) return after;
    throw new Failure({ code: 'BAD_CONFIG_FILE', message: 'A quotation mark in .env is not closed, so that what is written behind it would change its value.', fix: 'Close it in .env, and run the same command again.' });
  });
  return path;
}

async function verifyKeptFromGit({ projectDirectory, git, confirm }: Omit<WriteDotenvInit, 'values'>): Promise<void> {
  const state = await git();
  if (state.kind !== 'repository') return await verifyWanted(state, confirm);
  if (state.tracked !== false) {
    throw new Failure({
      code: 'ENV_FILE_TRACKED',
      message: 'git tracks .env: credentials in it would go into the next commit.',
      fix: untracking(state.tracked),
    });
  }
  if (state.ignored) return;
  if (!(await confirm('git does not ignore .env. Add the line ".env" to .gitignore first?'))) {
    throw notIgnored('git does not ignore .env: credentials in it could be committed.', `Ignore it: ${ignoreCommand}`);
  }
  await ignoreDotenv(projectDirectory);
  const now = await git();
  if (now.kind !== 'repository' || !now.ignored) throw notIgnored('git does not ignore .env even with its line in .gitignore.', 'See which rule decides: git check-ignore -v .env');
}

async function verifyWanted(state: Exclude<GitState, { kind: 'repository' }>, confirm: WriteDotenvInit['confirm']): Promise<void> {
  const why = state.kind === 'no-repository' ? 'This folder is in no git repository' : `Whether git ignores .env cannot be seen (${state.why})`;
  if (await confirm(`${why}, so nothing keeps .env from being committed later. Write it all the same?`)) return;
  throw notIgnored(`${why}.`, 'Keep the credentials for this run only, or in a profile: aws configure --profile myprofile');
}
