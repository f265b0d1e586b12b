import { View } from '@tarojs/components';
import type { Round } from '../../../../features/commitments/commitment';
import { draftingRound } from '../../../../features/commitments/years';
import { useDraft } from '../../../../lib/draft';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';
import { FindOut } from './find-out';
import { TakeFile } from './take-file';
import { TakeTemplate } from './take-template';
import './index.scss';

/** 导入承诺: the template, filled in, is looked through row by row and becomes drafts, all of it or nothing. */
export default function ImportCommitmentsPage() {
  const rounds = useCall('rounds.list');
  return (
    <Page title="导入承诺" wide>
      <Await query={rounds}>
        {({ items }) => {
          const round = draftingRound(items);
          if (round) return <Import round={round} />;
          return <Placard icon="handshake" title="现在不能导入" words="镇里开始拟诺后，可以从表格导入承诺。" />;
        }}
      </Await>
    </Page>
  );
}

interface Progress {
  /** What was uploaded last; it is taken up again when the app was closed in between. */
  readonly importId: string | null;
  readonly fileName: string;
}

function Import({ round }: { round: Round }) {
  const { fields, change, clear } = useDraft<Progress>(`import-commitments.${round.id}`, {
    importId: null,
    fileName: '',
  });
  return (
    <View className="import">
      <View className="import__steps">
        <TakeTemplate round={round} />
        <TakeFile
          roundId={round.id}
          fileName={fields.fileName}
          onTaken={(importId, fileName) => change({ importId, fileName })}
        />
      </View>
      {fields.importId !== null && <FindOut key={fields.importId} importId={fields.importId} onForget={clear} />}
    </View>
  );
}
