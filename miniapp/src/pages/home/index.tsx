import { Page } from '../../ui/page';
import { Placard } from '../../ui/trouble';

export default function HomePage() {
  return (
    <Page title="首页" tab="home">
      <Placard icon="house" title="首页还在布置" words="很快就能在这里点单。" />
    </Page>
  );
}
