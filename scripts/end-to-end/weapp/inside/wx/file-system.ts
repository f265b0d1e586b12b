import { answering, Refusal } from '../answer';
import { readFile, removeFile, userFolder, writeUserFile } from '../files';

interface Named {
  filePath: string;
}

async function existing(path: string): Promise<Blob> {
  const file = await readFile(path);
  if (!file) throw new Refusal(`no such file or directory "${path}"`, 1300002);
  return file;
}

function writable(path: string): string {
  if (!path.startsWith(`${userFolder}/`)) throw new Refusal(`permission denied, open "${path}"`, 1300013);
  return path;
}

const manager = {
  access: answering('access', async ({ path }: { path: string }) => void (await existing(path))),
  getFileInfo: answering('getFileInfo', async ({ filePath }: Named) => ({ size: (await existing(filePath)).size })),
  saveFile: answering('saveFile', async ({ tempFilePath, filePath }: Named & { tempFilePath: string }) => {
    await writeUserFile(writable(filePath), await existing(tempFilePath));
    await removeFile(tempFilePath);
    return { savedFilePath: filePath };
  }),
  copyFile: answering('copyFile', async ({ srcPath, destPath }: { srcPath: string; destPath: string }) =>
    writeUserFile(writable(destPath), await existing(srcPath)),
  ),
  readFile: answering('readFile', async ({ filePath, encoding }: Named & { encoding?: string }) => {
    const file = await existing(filePath);
    return { data: encoding === 'utf8' || encoding === 'utf-8' ? await file.text() : await file.arrayBuffer() };
  }),
  writeFile: answering('writeFile', ({ filePath, data }: Named & { data: string | ArrayBuffer }) =>
    writeUserFile(writable(filePath), new Blob([data])),
  ),
  unlink: answering('unlink', async ({ filePath }: Named) => {
    if (!(await removeFile(filePath))) throw new Refusal(`no such file or directory, unlink "${filePath}"`, 1300002);
  }),
};

const documentTypes = ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'pdf'];

async function openDocument({ filePath, fileType }: Named & { fileType: string }) {
  if (!documentTypes.includes(fileType)) throw new Refusal('filetype not supported');
  const begins = await (await existing(filePath)).slice(0, 5).text();
  await window.hands.open({ name: filePath.split('/').pop() ?? '', fileType, begins });
}

export const fileSystem = {
  env: { USER_DATA_PATH: userFolder },
  getFileSystemManager: () => manager,
  openDocument: answering('openDocument', openDocument),
};
