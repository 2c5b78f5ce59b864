/** The id of an account of AWS. */
export const accountShape = /^\d{12}$/;

/** What a region's name looks like: whether there is one is the region check's to say. */
export const regionShape = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/;
