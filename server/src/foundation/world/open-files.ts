import { filesFolder, type Config } from '../config';
import { createFiles, type Files } from './files';

/** The storage that the settings name. */
export function openFiles(config: Config): Promise<Files> {
  if (config.storage.kind === 'local') return createFiles({ kind: 'local', folder: filesFolder(config) });
  const { endpoint, ...rest } = config.storage;
  return createFiles(endpoint === null ? rest : { ...rest, endpoint });
}
