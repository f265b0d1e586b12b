const path = require('node:path');
const { ariaComponents } = require('./aria-components');

/**
 * Taro's WXML templates carry only the attributes that Taro knows, and ARIA is not among them. This adds it to the
 * components that can be touched or read. The same list is merged at run time (aria-runtime.js), because Taro shortens
 * the names of attributes by counting them, and both sides must count alike.
 *
 * @param {{ registerMethod(method: { name: string, fn(platform: any): void }): void }} taro
 */
module.exports = function ariaPlugin(taro) {
  taro.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      if (platform.platformType !== 'mini') return;
      platform.template.mergeComponents(taro, ariaComponents);
      platform.runtimePath = [platform.runtimePath, path.join(__dirname, 'aria-runtime.js')].flat();
    },
  });
};
