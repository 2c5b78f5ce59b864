/** Every check of the report, in its order. */
export const checkIds = [
  'credentials', 'region', 'identity', 'key-kind', 'key-age', 'expiry', 'account', 'bootstrap', 'gitignore', 'env-file', 'source-secrets', 'toolchain', 'assembly',
] as const;

/** The name of one check. */
export type CheckId = (typeof checkIds)[number];
