/** What is missing or wrong on the command line (`-c KEY=VALUE`), with a command that would do. */
export class UsageError extends Error {
  constructor(message: string, readonly example: string) {
    super(message);
    this.name = 'UsageError';
  }
}
