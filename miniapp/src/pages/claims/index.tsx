import { Page } from '../../ui/page';
import { Placard } from '../../ui/trouble';

export default function ClaimsPage() {
  return (
    <Page title="接单" tab="claims">
      <Placard icon="hand-helping" title="现在没有等人接的单子" words="有新单子会在这里出现。" />
    </Page>
  );
}
