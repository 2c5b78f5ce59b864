type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sourcesOf(assets: unknown): Json[] {
  if (!isObject(assets)) return [];
  return Object.values(assets).flatMap((asset) => (isObject(asset) && isObject(asset['source']) ? [asset['source']] : []));
}

function executableOf(source: Json): string | null {
  const { executable } = source;
  if (executable === undefined) return null;
  return (Array.isArray(executable) ? executable : [executable]).map(String).join(' ');
}

/** What CDK would run to make the assets of an asset manifest, as a person would read it. */
export function assetCommandsOf(manifest: Json): string[] {
  const files = sourcesOf(manifest['files']).flatMap((source) => {
    const executable = executableOf(source);
    return executable === null ? [] : [`asset executable: ${executable}`];
  });
  const images = sourcesOf(manifest['dockerImages']).map((source) => {
    const executable = executableOf(source);
    return executable === null ? `Docker build: ${typeof source['directory'] === 'string' ? source['directory'] : 'directory not given'}` : `image executable: ${executable}`;
  });
  return [...files, ...images];
}

/** Where the assets of an asset manifest are: files and folders to upload, folders that images are built from. */
export function assetPathsOf(manifest: Json): string[] {
  return [...sourcesOf(manifest['files']), ...sourcesOf(manifest['dockerImages'])].flatMap(({ path, directory }) => [path, directory].filter((one) => typeof one === 'string'));
}
