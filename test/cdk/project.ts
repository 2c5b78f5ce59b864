import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';

/** A project in a folder of its own with the fixture app, the installed packages linked. */
export interface FixtureProject {
  readonly directory: string;
  /** The person's environment: nothing of this machine but PATH. */
  readonly person: Readonly<Record<string, string>>;
  /** The environments of the app, one for each time that it ran. */
  appEnvironments(): Readonly<Record<string, string>>[];
  remove(): void;
}

export function fixtureProject(cdkJson: Readonly<Record<string, unknown>> = {}): FixtureProject {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-cdk-')));
  cpSync(join(__dirname, 'fixtures/app'), directory, { recursive: true });
  symlinkSync(resolve(__dirname, '../../node_modules'), join(directory, 'node_modules'));
  cpSync(resolve(__dirname, '../../scripts/cdk/loaded'), join(directory, 'scripts/cdk/loaded'), { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "name": "fixture", "private": true }\n');
  writeFileSync(join(directory, 'cdk.json'), JSON.stringify({ app: 'node app.js', ...cdkJson }));
  const seen = join(directory, 'app-environment.jsonl');
  return {
    directory,
    person: { PATH: process.env['PATH'] ?? '', HOME: directory, CDK_VALIDATION: 'false' },
    appEnvironments: () => (existsSync(seen) ? readFileSync(seen, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, string>) : []),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** A stream that keeps what is written to it. */
export class Kept extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
