/** The first that fits: Edge and WeChat also call themselves Chrome, and Chrome calls itself Safari. */
const browsers: readonly (readonly [mark: RegExp, name: string])[] = [
  [/MicroMessenger\//, '微信'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
];
const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/OpenHarmony|HarmonyOS/, '鸿蒙'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

const first = (table: typeof browsers, text: string): string | undefined =>
  table.find(([mark]) => mark.test(text))?.[1];

/**
 * Browser and system by what the browser says of itself: Chrome（Windows）, for somebody to recognise his own. What it does
 * not say is not guessed; null where it says nothing at all.
 */
export function browserWords(userAgent: string | undefined): string | null {
  if (!userAgent) return null;
  const system = first(systems, userAgent);
  return `${first(browsers, userAgent) ?? '其他浏览器'}${system ? `（${system}）` : ''}`;
}

/**
 * The network an address belongs to, for somebody to tell his own office from elsewhere: 192.0.*.*. Where on the map that
 * is, an address does not honestly tell.
 */
export function networkWords(address: string): string {
  const plain = address.replace(/^::ffff:/i, '');
  if (plain === '::1' || plain.startsWith('127.')) return '本机';
  const four = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(plain);
  if (four) return `${four[1]}.${four[2]}.*.*`;
  const six = /^([0-9a-f]{1,4}):([0-9a-f]{1,4}):/i.exec(plain);
  return six ? `${six[1]}:${six[2]}:*` : '未知网络';
}
