// @radiograft/data-io: Films in: DICOM, RSNA folders, the phantom; cohorts and splits out.
export {}
