import { AwsError } from '../aws-error';

/**
 * What STS says of a token that it cannot take, in its own words where they are known.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors
 * @see https://repost.aws/knowledge-center/iam-oidc-idp-federation
 */
export function invalidToken(message: string): AwsError {
  return new AwsError('InvalidIdentityToken', message);
}

/** Of what is no JSON Web Token. */
export function noJwt(): AwsError {
  return invalidToken('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)');
}

/** Of a token without a claim that STS needs. */
export function missingClaim(name: string): AwsError {
  return invalidToken(`Missing a required claim: ${name}`);
}

/** Of a token for whose key its issuer could not be asked, or which it does not have. */
export function noVerificationKey(): AwsError {
  return invalidToken("Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements");
}

/** Of a token that has ended, or is too old. */
export function expiredToken(message: string): AwsError {
  return new AwsError('ExpiredTokenException', message);
}

/** The issuer was not reached, so the token was not judged. */
export function issuerUnreachable(url: string): AwsError {
  return new AwsError('IDPCommunicationError', `The identity provider ${url} could not be reached to verify the identity token.`);
}
