import { Page } from '../../ui/page';
import { Placard } from '../../ui/trouble';

export default function OrdersPage() {
  return (
    <Page title="点单" tab="orders">
      <Placard icon="clipboard-list" title="您还没有点过单" words="有事说一声，就有人办。" />
    </Page>
  );
}
