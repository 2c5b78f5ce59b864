import { pass, warn } from '../../scripts/checks/result';
import { Failure } from '../../scripts/failures/failure';
import { addCheck, emptyRecord, reportOf } from '../../scripts/flow/record';

test('the later result of a check takes the place of the earlier one', () => {
  const record = emptyRecord();
  addCheck(record, warn('bootstrap', 'not yet', null));
  addCheck(record, pass('account', '123456789012'));
  addCheck(record, pass('bootstrap', 'version 28'));
  expect(record.checks).toEqual([pass('bootstrap', 'version 28'), pass('account', '123456789012')]);
});

test('a report has the exit code of what ended the run', () => {
  const interrupted = new Failure({ code: 'INTERRUPTED', message: 'Interrupted.', fix: 'Again.', exitCode: 143 });
  expect(reportOf(emptyRecord(), interrupted, 0.4)).toMatchObject({ ok: false, exitCode: 143, durationMs: 0 });
  expect(reportOf(emptyRecord(), null, 0.5)).toMatchObject({ ok: true, exitCode: 0, error: null, durationMs: 1 });
});
