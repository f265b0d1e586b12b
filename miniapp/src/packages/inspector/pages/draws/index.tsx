import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { useMe } from '../../../../lib/session';
import { whenWords } from '../../../../lib/time-words';
import { useList } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Tag } from '../../../../ui/tags';
import { DrawSheet } from './draw-sheet';
import { monthWords } from './month-words';

type Draw = ReplyFrom<'inspections.list'>['items'][number];

/** 历次抽查, and a new one. */
export default function DrawsPage() {
  const list = useList('inspections.list', {});
  const mayDraw = useMe()?.can.includes('inspection.draw') ?? false;
  const [drawing, setDrawing] = useState(false);
  return (
    <Page
      title="督查"
      bottom={
        mayDraw ? (
          <Button look="main" icon="dices" onPress={() => setDrawing(true)}>
            抽一次
          </Button>
        ) : undefined
      }
    >
      <ListView
        list={list}
        label="历次抽查"
        keyOf={(draw) => draw.id}
        row={(draw) => <DrawCard draw={draw} />}
        empty={{ icon: 'dices', title: '还没有抽查过', words: '按月随机抽一些办结的单子来查，抽过的月份不能重抽。' }}
      />
      {drawing && <DrawSheet onClose={() => setDrawing(false)} />}
    </Page>
  );
}

function DrawCard({ draw }: { draw: Draw }) {
  const now = useNow();
  const left = draw.drawn - draw.inspected;
  return (
    <Card bare>
      <Row
        title={`${draw.gridName} ${monthWords(draw.month)}`}
        words={`办结 ${draw.population} 件里抽了 ${draw.drawn} 件，${draw.drawnBy} ${whenWords(draw.drawnAt, now)} 抽的`}
        end={<Tag colour={left > 0 ? 'open' : 'done'} words={left > 0 ? `还有 ${left} 件` : '查完了'} />}
        onPress={() => void go('sample', { drawId: draw.id })}
      />
    </Card>
  );
}
