import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Surroundings } from '../../scripts/credentials/source';
import { Failure } from '../../scripts/failures/failure';

export const secret = 'Zk3bq9tJmXw0VYc5rQnLh7sPfEaUd1oGi8xT2yRu';
export const longTermKeys = { AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HHHFPZAM2', AWS_SECRET_ACCESS_KEY: secret };

/** A home and a project in a folder of their own. */
export interface Place {
  readonly home: string;
  readonly project: string;
  /** Writes `text` to `path`, relative to the home. */
  inHome(path: string, text: string | Buffer): string;
  inProject(path: string, text: string | Buffer): string;
  surroundings(environment?: Readonly<Record<string, string>>, options?: Partial<Surroundings['options']>): Surroundings;
  remove(): void;
}

export function makePlace(): Place {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-credentials-')));
  const home = join(folder, 'home');
  const project = join(folder, 'project');
  mkdirSync(home);
  mkdirSync(project);
  return {
    home,
    project,
    inHome: (path, text) => write(join(home, path), text),
    inProject: (path, text) => write(join(project, path), text),
    surroundings: (environment = {}, options = {}) => ({
      environment: { PATH: process.env['PATH'], HOME: home, AWS_EC2_METADATA_DISABLED: 'true', ...environment },
      projectDirectory: project,
      home,
      options: { command: 'preflight', local: false, ...options },
    }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function write(path: string, text: string | Buffer): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** The Failure that `work` ends with. */
export async function failureOf(work: () => unknown): Promise<Failure> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
