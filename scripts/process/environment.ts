/** Variables by name: of the person's shell, of a job. One that is not set is absent, or `undefined`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the variable `name` says, without blanks around it; `null` where it is not set, or blank. */
export function variableIn(environment: Environment, name: string): string | null {
  return environment[name]?.trim() || null;
}
