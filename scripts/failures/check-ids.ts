/** Every check of the report, in its order. */
export const checkIds = [
  'credentials', 'region', 'identity', 'key-kind', 'key-age', 'expiry', 'account', 'bootstrap', 'gitignore', 'env-file', 'source-secrets', 'toolchain', 'assembly',
] as const;

export type CheckId = (typeof checkIds)[number];
