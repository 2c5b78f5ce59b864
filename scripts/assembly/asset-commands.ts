import { isJsonObject, type JsonObject } from '../configuration/json-object';

function sourcesOf(assets: unknown): JsonObject[] {
  if (!isJsonObject(assets)) return [];
  return Object.values(assets).flatMap((asset) => (isJsonObject(asset) && isJsonObject(asset['source']) ? [asset['source']] : []));
}

function executableOf(source: JsonObject): string | null {
  const { executable } = source;
  if (executable === undefined) return null;
  return (Array.isArray(executable) ? executable : [executable]).map(String).join(' ');
}

/** What CDK would run to make the assets of an asset manifest, as a person would read it. */
export function assetCommandsOf(manifest: JsonObject): string[] {
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
export function assetPathsOf(manifest: JsonObject): string[] {
  return [...sourcesOf(manifest['files']), ...sourcesOf(manifest['dockerImages'])].flatMap(({ path, directory }) => [path, directory].filter((one) => typeof one === 'string'));
}
