import { encodingsOf, isLongEnough } from './encodings';

const registered = new Map<string, readonly string[]>();
let version = 0;

/**
 * Registers a secret the moment it exists, so that nothing that the wrapper writes afterwards shows it.
 * Values under 16 characters, what wraps lines not counted, are not registered: see {@link isLongEnough}.
 *
 * @returns whether the value is now redacted
 */
export function registerSecret(value: string | undefined): boolean {
  if (!isLongEnough(value)) return false;
  if (registered.has(value)) return true;
  registered.set(value, encodingsOf(value));
  version++;
  return true;
}

/** Registers what of `credentials` is secret. The access key id is not: the contract shows it masked. */
export function registerCredentials(credentials: { readonly secretAccessKey: string; readonly sessionToken?: string | undefined }): void {
  registerSecret(credentials.secretAccessKey);
  registerSecret(credentials.sessionToken);
}

/** Every form of every registered secret. */
export function registeredForms(): string[] {
  return [...registered.values()].flat();
}

/** How many secrets are registered. */
export function registeredCount(): number {
  return registered.size;
}

/** Changes whenever what is registered does: a redactor then makes its search anew. */
export function registryVersion(): number {
  return version;
}

/** Forgets everything. For tests. */
export function forgetSecrets(): void {
  registered.clear();
  version++;
}
