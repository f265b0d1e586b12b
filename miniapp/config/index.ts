import path from 'node:path';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConfig, type UserConfigExport } from '@tarojs/cli';
import { withIcons } from './icons';

const miniapp = path.resolve(__dirname, '..');
const shared = path.resolve(miniapp, '../shared/src');

const platform = process.env.TARO_ENV === 'h5' ? 'h5' : 'weapp';

/** Where the build goes; scripts build into a new folder and rename it at the end. Taro wants it relative to miniapp/. */
const outputRoot = path.relative(miniapp, path.resolve(miniapp, process.env.TARO_OUT || `dist/${platform}`));

/** Address of the BFF. In the browser it is the origin that served the page; a phone has to be told. */
const origin = platform === 'h5' ? '' : (process.env.SANDAN_ORIGIN ?? 'http://127.0.0.1:3000');

/** Taro transpiles src/ alone; this speaks ES2022 too, which phones of the village do not. */
const modern = (file: string): boolean =>
  [shared, __dirname].some((folder) => file.startsWith(folder)) ||
  /node_modules[\\/](@tanstack|zustand|ulid|gcoord|idb-keyval)[\\/]/.test(file);

/** Own file for the root font size, named by its content like everything else that may be cached for a year. */
const rootFontFile = path.join(__dirname, 'root-font.js');
const rootFont = `js/root-font.${createHash('sha256').update(readFileSync(rootFontFile)).digest('hex').slice(0, 8)}.js`;

/** Each build carries only its own half of the platform: the other has no use, and no effect, in it. */
const oneHalf = { module: { rule: { platform: { test: /src[\\/]lib[\\/]platform[\\/]/, sideEffects: false } } } };

/** WeChat takes the picture of a share card by its path in the package, not as data. */
const sharePicture = {
  from: path.join(__dirname, 'pictures/share-card.png'),
  to: path.join(outputRoot, 'pictures/share-card.png'),
};

const icons = { additionalData: withIcons };

export default defineConfig<'webpack5'>(() => {
  const config: UserConfigExport<'webpack5'> = {
    projectName: 'sandan',
    date: '2026-11-22',
    designWidth: 750,
    deviceRatio: { 750: 1 },
    sourceRoot: 'src',
    outputRoot,
    framework: 'react',
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    // A cached module keeps the short names of exports that a later build has given to others: wrong in what is released.
    cache: { enable: process.env.NODE_ENV !== 'production' },
    esbuild: { minify: { config: { target: 'es2017' } } },
    jsMinimizer: platform === 'h5' ? 'esbuild' : 'terser',
    plugins: [path.resolve(__dirname, 'aria-plugin.js')],
    defineConstants: {
      SANDAN_ORIGIN: JSON.stringify(origin),
      SANDAN_VERSION: JSON.stringify(process.env.npm_package_version ?? '0.1.0'),
    },
    copy: {
      patterns: [platform === 'h5' ? { from: rootFontFile, to: path.join(outputRoot, rootFont) } : sharePicture],
      options: {},
    },
    mini: {
      sassLoaderOption: icons,
      // No rule of ours waits for another file's: ui/ui.scss alone has an order, and keeps it by itself.
      miniCssExtractPluginOption: { ignoreOrder: true },
      compile: { include: [modern] },
      optimizeMainPackage: { enable: true },
      postcss: { pxtransform: { enable: true, config: {} } },
      webpackChain(chain, webpack) {
        chain.merge(oneHalf);
        // WeChat has never had AbortController, and react-query waits for ever without it.
        chain
          .plugin('abortController')
          .use(webpack.ProvidePlugin, [
            { AbortController: [path.resolve(miniapp, 'src/lib/abort-controller.ts'), 'AbortController'] },
          ]);
      },
    },
    h5: {
      sassLoaderOption: icons,
      publicPath: '/',
      staticDirectory: 'static',
      router: { mode: 'hash' },
      htmlPluginOption: { rootFont },
      compile: { include: [modern] },
      webpackChain(chain) {
        chain.merge(oneHalf);
        // One copy of what several pages share, loaded with the first of them that is opened.
        chain.optimization.splitChunks({ chunks: 'all', minSize: 20_000, hidePathInfo: true });
        chain.performance.hints(false);
        chain.merge({ infrastructureLogging: { level: 'error' } }); // two Taro modules cannot be cached, which is no harm
      },
      output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
      miniCssExtractPluginOption: {
        ignoreOrder: true,
        filename: 'css/[name].[contenthash:8].css',
        chunkFilename: 'css/[name].[contenthash:8].css',
      },
      postcss: { autoprefixer: { enable: true }, pxtransform: { enable: true, config: { baseFontSize: 20 } } },
    },
  };
  return config;
});
