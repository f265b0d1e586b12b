import { mainPages, packagePages, tabNames, tabPages, type TabName } from './lib/page-table';

const tabs = (Object.keys(tabPages) as TabName[]).map((name) => ({ pagePath: tabPages[name], text: tabNames[name] }));

export default defineAppConfig({
  pages: [...tabs.map((tab) => tab.pagePath), ...Object.values(mainPages)],
  subPackages: Object.entries(packagePages).map(([name, pages]) => ({
    root: `packages/${name}`,
    name,
    pages: Object.values(pages),
  })),
  preloadRule: {
    [tabPages.home]: { network: 'all', packages: ['resident'] },
    [tabPages.claims]: { network: 'wifi', packages: ['member', 'sweep'] },
    [tabPages.desk]: { network: 'wifi', packages: ['desk', 'secretary'] },
    [tabPages.me]: { network: 'wifi', packages: ['member', 'access', 'activity'] },
  },
  // The native bar is static; ours draws the tabs that the person's roles allow (custom-tab-bar/).
  tabBar: { custom: true, color: '#4E5561', selectedColor: '#B3261E', backgroundColor: '#FFFFFF', list: tabs },
  window: {
    backgroundColor: '#F7F5F1',
    backgroundTextStyle: 'dark',
    navigationBarBackgroundColor: '#F7F5F1',
    navigationBarTextStyle: 'black',
    navigationBarTitleText: '三单',
  },
  animation: false,
  lazyCodeLoading: 'requiredComponents',
  __usePrivacyCheck__: true,
  permission: { 'scope.userLocation': { desc: '用来标出您要点单的地方' } },
  requiredPrivateInfos: ['chooseLocation'],
});
