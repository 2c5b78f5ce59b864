// Started by the tests: writes credentials to the `.env` and the profile that its arguments name, then ends.
import { Failure } from '../../scripts/failures/failure';
import { setDotenvValues } from '../../scripts/keep/dotenv-lines';
import { editPrivateFile } from '../../scripts/keep/private-file';

const [, , path = '', name = '', value = ''] = process.argv;
editPrivateFile(path, (text) => setDotenvValues(text, { [name]: value })).catch((error: unknown) => {
  process.stdout.write(error instanceof Failure ? `${error.code} ${error.message}` : String(error));
  process.exitCode = 1;
});
