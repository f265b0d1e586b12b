import { pick, press, pressInDialog, reads, type Screen } from './screen';

export interface OfficeFile {
  readonly name: string;
  readonly content: Buffer;
}

/** 第一步: which list. */
export const chooseRoster = (screen: Screen, kind: string): Promise<void> =>
  pick(screen, new RegExp(`^${kind}(?!边界)`));

/** 第二步: the file is looked through, and `found` stands beside it when that is done. */
export async function checkFile(screen: Screen, { name, content }: OfficeFile, found: string | RegExp): Promise<void> {
  const [chooser] = await Promise.all([screen.waitForEvent('filechooser'), press(screen, '选文件检查')]);
  await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer: content });
  await reads(screen, found);
}

/** 导入, asked once more with what it does. */
export async function takeIn(screen: Screen, doing: string): Promise<void> {
  await press(screen, '导入');
  await reads(screen, doing);
  await pressInDialog(screen, '导入');
  await reads(screen, '都导入好了');
}

/** The boundary of one grid as a surveyor would send it: a square of 0.008° around this point. */
export function squareAt(code: string, { lng, lat }: { lng: number; lat: number }): OfficeFile {
  const [west, east, south, north] = [lng - 0.004, lng + 0.004, lat - 0.004, lat + 0.004];
  // prettier-ignore
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  const feature = {
    type: 'Feature',
    properties: { 网格编码: code },
    geometry: { type: 'Polygon', coordinates: [ring] },
  };
  const map = { type: 'FeatureCollection', features: [feature] };
  return { name: '边界.geojson', content: Buffer.from(JSON.stringify(map)) };
}
