import { useRouter } from '@tarojs/taro';
import { SweepView } from '../../../../features/sweeps/sweep-view';
import { Page } from '../../../../ui/page';

/** One sweep on a phone. */
export default function SweepPage() {
  const { sweepId = '' } = useRouter().params;
  return (
    <Page title="排查">
      <SweepView sweepId={sweepId} />
    </Page>
  );
}
