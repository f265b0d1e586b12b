import { go } from '../../../../lib/navigation';
import { Page } from '../../../../ui/page';
import { HolderSearch } from '../../nodes/holder-search';

/** 人员任职: find somebody, then see what he holds and held. */
export default function FindHolderPage() {
  return (
    <Page title="人员任职">
      <HolderSearch onPick={({ personId }) => void go('officeHolder', { personId })} />
    </Page>
  );
}
