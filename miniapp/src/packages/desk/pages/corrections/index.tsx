import { View } from '@tarojs/components';
import { useState } from 'react';
import { WordsSheet } from '../../../../features/orders/words-sheet';
import { CorrectionCard, type CorrectionItem } from '../../../../features/privacy/correction-card';
import { useAct, useList } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';

type Asked = { correction: CorrectionItem; apply: boolean };
const segments = [
  { value: 'asked', words: '等核对' },
  { value: 'decided', words: '答复过的' },
] as const;
type State = (typeof segments)[number]['value'];

/** 更正申请: compared with the papers and put right, or refused with a reason that the person reads. */
export default function DecideCorrectionsPage() {
  const [state, setState] = useState<State>('asked');
  const [asked, setAsked] = useState<Asked | null>(null);
  const list = useList('privacy.corrections', { state });
  return (
    <Page title="更正申请" wide>
      <Segments<State> label="更正申请" value={state} segments={segments} onChange={setState} />
      <ListView
        list={list}
        label="更正申请"
        keyOf={(correction) => correction.id}
        row={(correction) => (
          <CorrectionCard correction={correction}>
            {correction.allows.includes('decideCorrection') && (
              <View className="correction-card__answers">
                <Button look="main" onPress={() => setAsked({ correction, apply: true })}>
                  核对无误，改好
                </Button>
                <Button look="plain" onPress={() => setAsked({ correction, apply: false })}>
                  不改
                </Button>
              </View>
            )}
          </CorrectionCard>
        )}
        empty={{ icon: 'inbox', title: '没有更正申请', words: '有人申请了会在这里出现，请对照证件核对。' }}
        tiles
      />
      {asked && <DecideSheet asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  );
}

function DecideSheet({ asked: { correction, apply }, onClose }: { asked: Asked; onClose: () => void }) {
  const decide = useAct('privacy.decideCorrection', { correctionId: correction.id });
  return (
    <WordsSheet
      title={apply ? '改好，并答复' : '不改，并说明'}
      label={apply ? '照什么核对的？' : '为什么不改？'}
      hint="申请的人会看到。"
      ready={apply ? ['照身份证核对过，已改好。', '照户口本核对过，已改好。'] : ['请带身份证到村委会当面核对。']}
      yes={apply ? '改好' : '不改'}
      done="答复了"
      act={{ ...decide, mutate: (body, options) => decide.mutate({ apply, words: body.words ?? '' }, options) }}
      form={`correction-answer.${correction.id}`}
      onClose={onClose}
    />
  );
}
