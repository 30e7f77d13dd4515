/**
 * The block in the editor: its controls beside what the server of WordPress makes of it. No build step.
 */
( function ( blocks, blockEditor, components, element, ServerSideRender, labels ) {
	const el = element.createElement;

	function choice( props, name, values ) {
		return el( components.SelectControl, {
			key: name,
			label: labels[ name ],
			value: props.attributes[ name ],
			options: values.map( ( value ) => ( { value, label: labels[ value ] } ) ),
			onChange: ( value ) => props.setAttributes( { [ name ]: value } ),
		} );
	}

	function text( props, name ) {
		return el( components.TextControl, {
			key: name,
			label: labels[ name ],
			value: props.attributes[ name ],
			onChange: ( value ) => props.setAttributes( { [ name ]: value } ),
		} );
	}

	function size( props ) {
		return el( components.RangeControl, {
			key: 'size',
			label: labels.size,
			value: props.attributes.size,
			min: 1,
			max: 100,
			onChange: ( value ) => props.setAttributes( { size: value } ),
		} );
	}

	function Edit( props ) {
		const controls = [
			choice( props, 'in', [ 'articles', 'comments' ] ),
			choice( props, 'mode', [ 'inline', 'overlay' ] ),
			size( props ),
			text( props, 'placeholder' ),
			text( props, 'section' ),
		];
		return el(
			'div',
			blockEditor.useBlockProps(),
			el(
				blockEditor.InspectorControls,
				{},
				el( components.PanelBody, { title: labels.options }, controls )
			),
			el(
				components.Disabled,
				{},
				el( ServerSideRender, { block: 'kashshaf/search', attributes: props.attributes } )
			)
		);
	}

	blocks.registerBlockType( 'kashshaf/search', {
		title: labels.title,
		description: labels.description,
		edit: Edit,
		save: () => null,
	} );
} )(
	window.wp.blocks,
	window.wp.blockEditor,
	window.wp.components,
	window.wp.element,
	window.wp.serverSideRender,
	window.kashshafLabels
);
