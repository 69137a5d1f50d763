import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { StandardMessage } from '@lts/contracts';
import { Logger } from '@nestjs/common';
import { Surroundings, lap, page } from '../test/surroundings.js';
import { ParserService } from './parser.service.js';

const typesOf = (record: StandardMessage | undefined): string[] => record?.data.actions.map(({ type }) => type) ?? [];
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));

describe(ParserService.name, () => {
  let around: Surroundings;

  beforeEach(async () => {
    around = new Surroundings();
    await around.open();
  });
  afterEach(() => around.close());

  it('publishes one record for each frame that yields actions, with ids that follow from the frame', async () => {
    await around.start();
    const [init, silent, second] = [around.frame(page()), around.frame('r1c1|sr|\n'), around.frame(lap('r1', 1))];
    await around.publish(init, silent, second);
    await around.finishInit(init.id);
    const [first, next] = await around.records(2);
    expect(first).toMatchObject({ id: init.id, competition_code: 'cup', source: 'test', created_at: init.created_at, decoder: 'action', data: { frame: init.id, session: 1 } });
    expect(typesOf(first)).toEqual(['start-session', 'initialize']);
    expect(next?.data.actions.map(({ id }) => id)).toEqual(next?.data.actions.map((_, index) => `${second.id}:${index}`));
    expect(typesOf(next)).toContain('add-lap');
  });

  it('holds the frames after a page back until it is stored, of that competition alone', async () => {
    await around.start();
    const init = around.frame(page());
    const other = around.frame(page(), 'other');
    await around.publish(init, around.frame(lap('r1', 1)), other);
    await around.records(2);
    await around.finishInit(other.id, 'other');
    await around.publish(around.frame(lap('r2', 1), 'other'));
    await around.records(3);
    await soon();
    expect(around.standard.map(({ competition_code }) => competition_code).sort()).toEqual(['cup', 'other', 'other']);
    await around.finishInit(init.id);
    expect(typesOf((await around.records(4))[3])).toContain('add-lap');
  });

  it('opens by the watermark when the end of an initialisation is never heard', async () => {
    await around.start();
    const init = around.frame(page());
    await around.publish(init, around.frame(lap('r1', 1)));
    await around.records(1);
    around.api.watermarks.set('cup', init.id);
    expect(typesOf((await around.records(2))[1])).toContain('add-lap');
  });

  it('drops a frame that comes again, and parks a new one that comes too late', async () => {
    const parser = await around.start();
    const init = around.frame(page());
    const late = around.frame(lap('r2', 1));
    const known = around.frame(lap('r1', 1));
    await around.publish(init);
    await around.finishInit(init.id);
    await around.publish(known, known, late, around.frame(lap('r1', 2)));
    await around.records(3);
    await around.broker.idle();
    expect(around.standard).toHaveLength(3);
    expect(parser.counts).toMatchObject({ skipped: 1, parked: 1 });
    expect(around.parked).toEqual(['LTS_FRAME_OUT_OF_ORDER']);
  });

  it('keeps lines that no rule knows, and goes on with the rest of the frame', async () => {
    const parser = await around.start();
    const init = around.frame(page());
    const dirty = around.frame(`GET / HTTP/1.1\n${lap('r1', 1)}`);
    await around.publish(init, dirty);
    await around.finishInit(init.id);
    await around.records(2);
    await around.broker.idle();
    expect(parser.counts).toMatchObject({ unknown: 1 });
    expect(readFileSync(join(around.folder, 'unknowns', 'cup.ndjson'), 'utf8')).toBe(`${JSON.stringify({ frame: dirty.id, index: 0, text: 'GET / HTTP/1.1' })}\n`);
  });

  it('warns of a column whose label contradicts its type', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn');
    await around.start();
    const init = around.frame(page().replace('data-type="tlp">tlp', 'data-type="tlp">Pits'));
    await around.publish(init);
    await around.records(1);
    const text = 'Column c5 has the type "tlp" (laps) and the label "Pits" (stops). The type counts; a parser setting can say otherwise.';
    expect(warn.mock.calls).toEqual([[{ event: 'feed-contradicts-itself', competitionCode: 'cup', frame: init.id, text }]]);
    warn.mockRestore();
  });

  it('takes the columns that a person set from the next page on', async () => {
    around.api.settings.set('cup', [{ name: 'timing-lap', value: 'c6', source: 'user' }, { name: 'timing-last-time', value: 'c5', source: 'feed' }]);
    await around.start();
    await around.publish(around.frame(page()));
    const [record] = await around.records(1);
    const [, action] = record?.data.actions ?? [];
    expect(action?.type === 'initialize' ? action.data.parsers_settings['timing-lap'] : null).toBe('c6');
  });

  it('continues from the recording after a restart, telling only what is not stored', async () => {
    const frames = [around.frame(page()), around.frame(lap('r1', 1)), around.frame(lap('r1', 2)), around.frame(lap('r2', 1))];
    const recordings = await around.record(...frames);
    around.api.watermarks.set('cup', frames[1]?.id ?? '');
    const parser = await around.start('--recordings_path', recordings);
    await parser.caughtUp;
    await around.publish(around.frame(lap('r1', 3)));
    const records = await around.records(3);
    expect(records.map(({ id }) => id).slice(0, 2)).toEqual([frames[2]?.id, frames[3]?.id]);
    const lapsTold = records.flatMap(({ data }) => data.actions.flatMap((action) => (action.type === 'add-lap' ? [`${action.data.participant_code} ${action.data.lap}`] : [])));
    expect(lapsTold).toEqual(['r1 2', 'r2 1', 'r1 3']);
  });

  it('tells the same after a death inside the lock as without it', async () => {
    const init = around.frame(page());
    const frames = [init, around.frame(lap('r1', 1)), around.frame(lap('r2', 1))];
    const recordings = await around.record(...frames);
    const flags = ['--recordings_path', recordings];
    await around.start(...flags);
    await around.records(1);
    await around.kill();
    around.standard.length = 0;
    const parser = await around.start(...flags);
    await around.records(1);
    await around.finishInit(init.id);
    await parser.caughtUp;
    expect((await around.records(3)).map(({ id }) => id)).toEqual(frames.map(({ id }) => id));
  });

  it('lets the competition go that is longest unused, and takes it up again from its recording', async () => {
    const recordings = await around.record(around.frame(page(), 'a'), around.frame(lap('r1', 1), 'a'));
    const parser = await around.start('--recordings_path', recordings, '--max_competitions', '1');
    around.api.watermarks.set('a', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ').set('b', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
    await parser.caughtUp;
    around.standard.length = 0;
    const init = around.frame(page(), 'b');
    await around.publish(init);
    await around.finishInit(init.id, 'b');
    await around.broker.idle();
    await around.publish(around.frame(lap('r1', 2), 'a'));
    const lapsTold = (await around.records(2))[1]?.data.actions.flatMap((action) => (action.type === 'add-lap' ? [action.data.ordinal] : []));
    expect(parser.competitionCount).toBe(1);
    expect(lapsTold).toEqual([2]);
  });
});
