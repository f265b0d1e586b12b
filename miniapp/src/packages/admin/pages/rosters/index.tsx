import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect } from 'react';
import type { Datum, RosterKind } from '@sandan/shared/people/roster.words';
import { useDraft } from '../../../../lib/draft';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';
import { useWide } from '../../../../ui/two-pane';
import { Earlier } from './earlier';
import { FindOut } from './find-out';
import { TakeFile } from './take-file';
import { TakeKind } from './take-kind';
import './index.scss';

/** 导入名册: an office's own list, looked through line by line, shown as what would change, and brought in whole or not at all. */
export default function RostersPage() {
  const kinds = useCall('rosters.kinds');
  return (
    <Page title="导入名册" wide>
      <Await query={kinds}>{(offered) => <Import offered={offered} />}</Await>
    </Page>
  );
}

export type Offered = ReplyFrom<'rosters.kinds'>;

export interface Wanted {
  readonly kind: RosterKind;
  readonly gridId: string | null;
  readonly datum: Datum | null;
  /** What was uploaded or looked at last; it is taken up again when the app was closed in between. */
  readonly importId: string | null;
}

const nothingYet: Wanted = { kind: 'households', gridId: null, datum: null, importId: null };

function Import({ offered }: { offered: Offered }) {
  const wide = useWide();
  const { fields, change } = useDraft<Wanted>('rosters', nothingYet);
  const { importId } = fields;
  const look = (id: string | null) => change({ importId: id });
  // What was found begins at the top, beside or instead of the steps that one has scrolled through.
  useEffect(() => {
    if (importId !== null) void Taro.pageScrollTo({ scrollTop: 0, duration: 0 });
  }, [importId]);
  const found = importId !== null && <FindOut key={importId} importId={importId} onForget={() => look(null)} />;
  const steps = (
    <View className="rosters__steps">
      <TakeKind kinds={offered.kinds} value={fields.kind} onChange={(kind) => change({ kind })} />
      <TakeFile offered={offered} wanted={fields} onChange={change} />
      <Earlier selected={importId} onLook={look} />
    </View>
  );
  if (wide) {
    const none = (
      <Placard
        icon="file-spreadsheet"
        title="检查的结果在这里看"
        words="选好文件就开始逐行检查，点“导入”以前什么都不会改。"
      />
    );
    return (
      <View className="rosters rosters--wide">
        {steps}
        <View className="rosters__found">{found || none}</View>
      </View>
    );
  }
  if (!found) return <View className="rosters">{steps}</View>;
  return (
    <View className="rosters">
      <Button short look="text" icon="arrow-left" onPress={() => look(null)}>
        选别的名册
      </Button>
      {found}
    </View>
  );
}
