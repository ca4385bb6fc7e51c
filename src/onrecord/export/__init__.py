"""The record and other forms for the outside, a file a form."""
