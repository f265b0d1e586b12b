import { joinPath } from './modules';

/** WXSS in CSS: 750 rpx are the width of the window, and an import stands for what it names. */
export function addStyle(styles: Readonly<Record<string, string>>, path: string): void {
  const style = document.createElement('style');
  style.textContent = withImports(styles, path).replace(
    /(-?[\d.]+)rpx/g,
    (_, size: string) => `calc(${size} * 100vw / 750)`,
  );
  document.head.append(style);
}

const withImports = (styles: Readonly<Record<string, string>>, path: string): string =>
  (styles[path] ?? '').replace(/@import\s*["']([^"']+)\.wxss["'];?/g, (_, wanted: string) =>
    withImports(styles, joinPath(path, wanted)),
  );
