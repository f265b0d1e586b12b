import { Page } from '../../ui/page';
import { Placard } from '../../ui/trouble';

export default function DeskPage() {
  return (
    <Page title="工作台" tab="desk" wide>
      <Placard icon="layout-list" title="没有等着研判的单子" words="新来的单子会在这里出现。" />
    </Page>
  );
}
