const denied: ReadonlySet<string> = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

/** Whether AWS knows the credentials and does not let them, by any of the names that its services have for it. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && denied.has(error.name);
}
